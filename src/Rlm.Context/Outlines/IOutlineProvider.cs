using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>Outlines the languages that it knows. Never changes anything, keeps nothing; may throw, since <see cref="Outliner"/> turns that into a partial outline.</summary>
internal interface IOutlineProvider
{
    /// <summary>The word for <see cref="Outline.Provider"/>.</summary>
    string Name { get; }

    /// <summary>Outlines one text.</summary>
    Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken);
}
