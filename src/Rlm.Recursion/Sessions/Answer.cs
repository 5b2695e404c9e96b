namespace Rlm.Recursion.Sessions;

/// <summary>A session's answer, or its standing draft.</summary>
/// <param name="Content">The text; JSON where a merge or schema says so.</param>
/// <param name="Ready">Whether the session said that it is done.</param>
public sealed record Answer(string Content, bool Ready)
{
    /// <summary>Before anything is known.</summary>
    public static Answer None { get; } = new("", false);
}
