import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import {
  approvedRegistration,
  approveRegistrationInput,
  checkedIdentity,
  checkIdentityInput,
  createdRegistration,
  createRegistrationInput,
  editRegistrationInput,
  editRegistrationResult,
  registrationCounters,
  registrationDocumentInput,
  registrationForm,
  registrationId,
  registrationInput,
  registrationPage,
  registrationRecord,
  rejectedRegistration,
  rejectRegistrationInput,
} from '../../../shared/contract/registrations';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import {
  approveRegistration,
  checkIdentity,
  createRegistration,
  editRegistration,
  rejectRegistration,
  setRegistrationDocument,
} from './registrations.commands';
import { REGISTRATION_LIST } from './registrations.list';
import { countRegistrations, getRegistration, getRegistrationForm, listRegistrations } from './registrations.queries';

export const registrationsRouter = router({
  list: readProcedure('registrations.list')
    .input(listInput)
    .output(registrationPage)
    .query(({ ctx, input }) => listRegistrations(ctx, input)),
  count: readProcedure('registrations.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, REGISTRATION_LIST, input.question)),
  counters: readProcedure('registrations.counters')
    .output(registrationCounters)
    .query(({ ctx }) => countRegistrations(ctx)),
  get: readProcedure('registrations.get')
    .input(registrationInput)
    .output(registrationRecord)
    .query(({ ctx, input }) => getRegistration(ctx, input.id)),
  form: readProcedure('registrations.form')
    .output(registrationForm)
    .query(({ ctx }) => getRegistrationForm(ctx)),
  create: writeProcedure('registrations.create')
    .input(createRegistrationInput)
    .output(createdRegistration)
    .mutation(({ ctx, input }) => createRegistration(ctx, input)),
  edit: writeProcedure('registrations.edit')
    .input(editRegistrationInput)
    .output(editRegistrationResult)
    .mutation(({ ctx, input }) => editRegistration(ctx, input)),
  checkIdentity: writeProcedure('registrations.checkIdentity')
    .input(checkIdentityInput)
    .output(checkedIdentity)
    .mutation(({ ctx, input }) => checkIdentity(ctx, input)),
  setDocument: writeProcedure('registrations.setDocument')
    .input(registrationDocumentInput)
    .output(registrationId)
    .mutation(({ ctx, input }) => setRegistrationDocument(ctx, input)),
  approve: writeProcedure('registrations.approve')
    .input(approveRegistrationInput)
    .output(approvedRegistration)
    .mutation(({ ctx, input }) => approveRegistration(ctx, input)),
  reject: writeProcedure('registrations.reject')
    .input(rejectRegistrationInput)
    .output(rejectedRegistration)
    .mutation(({ ctx, input }) => rejectRegistration(ctx, input)),
});
