using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

internal sealed class HeuristicOutliner : IOutlineProvider
{
    public string Name => "heuristic";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken) => new(Name, []);
}
