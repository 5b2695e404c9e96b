using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>Gives every covered file its outline through the best provider for its language.</summary>
public static class Outliner
{
    /// <summary>
    /// Outlines one text. Deterministic; no cache. About 10 MB of C# a second on two cores; safe against nesting that would end the process.
    /// </summary>
    /// <param name="path">For the language and the symbols' origin.</param>
    /// <param name="language">As <see cref="Languages"/> has it.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="cancellationToken">Stops between files and inside long ones.</param>
    public static Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Local functions of one member (C#), with their own locals nested; empty for other languages.</summary>
    public static IReadOnlyList<Symbol> LocalFunctions(string language, FileText text, Symbol member, CancellationToken cancellationToken) => throw new NotImplementedException();
}
