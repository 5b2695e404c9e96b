using Rlm.Context.Files;

namespace Rlm.Context.Relations;

/// <summary>What was found about symbols.</summary>
/// <param name="Subjects">The symbols, as asked.</param>
/// <param name="Sites">By depth, path, line and column; sites in files that were not read as code are lines with the word.</param>
public sealed record RelationResult(IReadOnlyList<RelationSubject> Subjects, IReadOnlyList<RelationSite> Sites)
{
    /// <summary>Lines that hold a name in comments, strings or prose: not listed.</summary>
    public int Mentions => MentionLines.Count;

    /// <summary>These lines, in no order.</summary>
    public IReadOnlyCollection<(RepoPath Path, int Line)> MentionLines { get; init; } = [];

    /// <summary>Files that hold a name and were not read as code, in path order: too large, or not in time. What a name does there is not known; their lines count as <see cref="Certainty.Text"/>.</summary>
    public IReadOnlyList<UnreadFile> Unread { get; init; } = [];

    /// <summary>Files that may hold a name and were not looked at before the deadline; nothing is known of them.</summary>
    public int FilesUnseen { get; init; }

    /// <summary>Sites of the names in C# that the compiler binds to something else: left out.</summary>
    public int Others { get; init; }

    /// <summary>Binding was not ready in time: sites may be by syntax that the same call, asked again, has exact.</summary>
    public bool IsBindingLate { get; init; }

    /// <summary>What else keeps the answer from being whole, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Lines with a name in files that were not read as code.</summary>
    public int UnreadLines => Unread.Sum(file => file.Lines);

    /// <summary>Sites in all, lines of unread files included.</summary>
    public int Total => Sites.Count + UnreadLines;

    /// <summary>True when the deadline cut the search.</summary>
    public bool IsCut => FilesUnseen > 0 || Unread.Any(file => !file.File.IsLarge) || StepsLeft > 0 || IsBindingLate;

    /// <summary>Names of further steps that were not followed any more.</summary>
    public int StepsLeft { get; init; }

    /// <summary>How many sites have a certainty.</summary>
    public int Count(Certainty certainty) => Sites.Count(site => site.Certainty == certainty) + (certainty == Certainty.Text ? UnreadLines : 0);
}
