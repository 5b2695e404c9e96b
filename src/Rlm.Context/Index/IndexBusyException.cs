namespace Rlm.Context.Index;

/// <summary>Another writer has the index; reading goes on.</summary>
internal sealed class IndexBusyException() : Exception("Another process writes the index.");
