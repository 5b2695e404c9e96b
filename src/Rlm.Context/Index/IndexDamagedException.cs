namespace Rlm.Context.Index;

/// <summary>What is stored is not what was written, or cannot be read. The index is derived data: start over, and search without it meanwhile.</summary>
internal sealed class IndexDamagedException(string what, Exception? cause = null) : Exception($"The index is damaged: {what}.", cause);
