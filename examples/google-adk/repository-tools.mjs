import { MCPSessionManager, MCPToolset } from '@google/adk';

/**
 * The tools of rlm-mcp over one repository, as a toolset of the Agent Development Kit.
 *
 * The kit's own manager opens a session for every call, which over stdio is a server process for every call. One that stays has its index
 * warm, and a recursion that is still running goes on between calls.
 */
export class RepositoryTools extends MCPToolset {
  /**
   * @param {string} root The repository.
   * @param {string} model Who answers the sub-agents of `recurse`: a back end as `rlm-mcp --model` takes it.
   * @param {Record<string, string>} keys Variables with the keys that this back end needs.
   * @param {string[]} names The tools to offer.
   */
  constructor(root, model, keys, names) {
    const server = {
      type: 'StdioConnectionParams',
      serverParams: { command: 'rlm-mcp', args: ['serve', '--root', root, '--model', model], env: { ...process.env, ...keys } },
    };
    super(server, names);
    this.mcpSessionManager = new KeptSession(server);
  }

  async close() {
    await this.mcpSessionManager.end();
  }
}

class KeptSession extends MCPSessionManager {
  #session;

  async createSession() {
    return (this.#session ??= super.createSession());
  }

  async closeSession() {}

  async end() {
    const session = await this.#session?.catch(() => undefined); // one that never began needs no end
    if (session) await super.closeSession(session);
  }
}
