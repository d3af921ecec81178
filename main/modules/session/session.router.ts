import { z } from 'zod';
import {
  changePasswordInput,
  configuredServers,
  saveSettingsInput,
  sessionState,
  settings,
  signInInput,
  unlockInput,
  workspace,
} from '../../../shared/contract/session';
import { router, sessionProcedure } from '../../core/procedure';
import { reader } from '../../db/statements';
import { checkPassword, readWorkspace, saveSettings, saveWorkspace, storePassword } from './session.service';

export const sessionRouter = router({
  state: sessionProcedure.output(sessionState).query(({ ctx }) => ctx.sessions.state(ctx.caller)),
  signIn: sessionProcedure
    .input(signInInput)
    .output(sessionState)
    .mutation(({ ctx, input }) => ctx.sessions.signIn(ctx.caller, input.server, input.login, input.password)),
  unlock: sessionProcedure
    .input(unlockInput)
    .output(sessionState)
    .mutation(({ ctx, input }) => ctx.sessions.unlock(ctx.caller, input.password)),
  lock: sessionProcedure.output(sessionState).mutation(({ ctx }) => ctx.sessions.lock(ctx.caller)),
  signOut: sessionProcedure.output(sessionState).mutation(async ({ ctx }) => {
    await ctx.sessions.end(ctx.caller);
    return ctx.sessions.state(ctx.caller);
  }),
  touch: sessionProcedure.output(z.null()).mutation(({ ctx }) => {
    ctx.sessions.touch(ctx.caller);
    return null;
  }),
  changePassword: sessionProcedure
    .input(changePasswordInput)
    .output(sessionState)
    .mutation(async ({ ctx, input }) => {
      const { actor, pool } = ctx.sessions.opened(ctx.caller);
      checkPassword(actor.login, input.current, input.next);
      const { serverId, login } = await ctx.sessions.prove(ctx.caller, input.current);
      await storePassword(reader(pool), input.next);
      return ctx.sessions.signIn(ctx.caller, serverId, login, input.next);
    }),
  saveSettings: sessionProcedure
    .input(saveSettingsInput)
    .output(settings)
    .mutation(async ({ ctx, input }) => {
      const { pool } = ctx.sessions.active(ctx.caller);
      const saved = await saveSettings(reader(pool), input);
      ctx.sessions.settingsSaved(ctx.caller, saved);
      return saved;
    }),
  servers: sessionProcedure.output(configuredServers).query(({ ctx }) => {
    ctx.sessions.active(ctx.caller);
    return { servers: ctx.sessions.configured(ctx.caller) };
  }),
  workspace: sessionProcedure
    .output(workspace)
    .query(({ ctx }) => readWorkspace(reader(ctx.sessions.active(ctx.caller).pool))),
  saveWorkspace: sessionProcedure
    .input(workspace)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await saveWorkspace(reader(ctx.sessions.active(ctx.caller).pool), input);
      return null;
    }),
});
