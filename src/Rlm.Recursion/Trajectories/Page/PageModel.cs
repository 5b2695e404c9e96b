namespace Rlm.Recursion.Trajectories.Page;

/// <summary>All that the parts of the page draw from.</summary>
/// <param name="Root">The tree.</param>
/// <param name="Sources">What was read.</param>
/// <param name="Coverage">What was looked at of all that could have been.</param>
/// <param name="Timeline">What happened when.</param>
/// <param name="Cuts">What is left out.</param>
/// <param name="Written">When, UTC; null for a page that follows what happens.</param>
internal sealed record PageModel(PageSession Root, PageSources Sources, CoverageFolder Coverage, Timeline Timeline, PageCuts Cuts, DateTimeOffset? Written)
{
    /// <summary>All sessions, in the order of the tree.</summary>
    public IReadOnlyList<PageSession> Sessions { get; } = [.. Root.All];

    /// <summary>The session of an id; null when it is not on the page, or there is no id.</summary>
    public PageSession? Session(string? id) => id is { Length: 28 } ? Sessions.FirstOrDefault(session => session.State.Id == id) : null;
}
