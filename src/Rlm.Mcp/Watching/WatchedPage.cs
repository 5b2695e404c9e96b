namespace Rlm.Mcp.Watching;

/// <summary>A page as it stood.</summary>
/// <param name="Bytes">Its HTML in UTF-8.</param>
/// <param name="Tag">Names these bytes: a hash of them in quotes.</param>
internal sealed record WatchedPage(byte[] Bytes, string Tag);
