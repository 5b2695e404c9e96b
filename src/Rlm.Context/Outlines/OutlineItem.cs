using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>One text to outline.</summary>
/// <param name="Path">For the language's variant and the symbols' origin.</param>
/// <param name="Language">As <see cref="Languages"/> has it.</param>
/// <param name="Text">The text.</param>
public readonly record struct OutlineItem(RepoPath Path, string Language, FileText Text);
