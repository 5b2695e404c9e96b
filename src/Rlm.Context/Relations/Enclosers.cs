using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;

namespace Rlm.Context.Relations;

/// <summary>Looks up the symbols around sites, each file once.</summary>
internal sealed class Enclosers(ContextStore store, Deadline deadline, CancellationToken cancellationToken)
{
    /// <summary>Sites whose files could not be looked at in time.</summary>
    public int Left { get; private set; }

    /// <summary>The same sites in the same order with <see cref="RelationSite.Enclosing"/>, where there is one that passes.</summary>
    public List<RelationSite> Fill(IReadOnlyList<RelationSite> sites, Func<Symbol, bool> where)
    {
        var files = sites.Index().GroupBy(site => site.Item.Path).ToArray();
        var filled = sites.ToArray();
        var left = 0;
        ParallelFiles.Run(files.Length, null, "", cancellationToken, () => 0, (at, _) =>
        {
            if (deadline.IsOver()) Interlocked.Add(ref left, files[at].Count());
            else if (Open(files[at].Key) is { } text)
            {
                var outline = store.OutlineOf(text, cancellationToken);
                foreach (var (place, site) in files[at])
                {
                    var around = outline.Enclosing(site.Line, where);
                    filled[place] = site with { Enclosing = around, IsInTest = text is WholeText whole && TestNames.IsTest(whole, around) };
                }
            }
        });
        Left += left;
        return [.. filled];
    }

    public OpenText? Open(RepoPath path)
    {
        try
        {
            return store.Open(path, cancellationToken);
        }
        catch (ContextException)
        {
            return null; // deleted or replaced since the walk
        }
    }
}
