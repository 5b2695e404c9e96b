namespace Rlm.Mcp.Commands.Installing;

/// <summary>Something could not be installed. The message says why, without a full stop.</summary>
internal sealed class InstallException(string why) : Exception(why);
