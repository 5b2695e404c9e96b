namespace Rlm.Context.Outlines.Providers;

/// <summary>One run of a provider.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">Handed on as they are.</param>
/// <param name="Folder">Where it starts.</param>
/// <param name="TextBytes">Bytes of the texts it is to outline, for the limits.</param>
/// <param name="Feed">Writes its stdin; null leaves that empty.</param>
internal sealed record ProviderCall(string Program, IReadOnlyList<string> Arguments, string Folder, long TextBytes, Action<Stream>? Feed = null)
{
    /// <summary>A notice on stderr is no fault.</summary>
    public bool MayComplain { get; init; }
}
