using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>What one version of a file says of a target.</summary>
/// <param name="Stamp">The version that was bound.</param>
/// <param name="Sites">Places that mean the target, in file order.</param>
/// <param name="NotCompiled">Lines that the project's own <c>#if</c> symbols leave out: nothing is known of them.</param>
internal sealed record FileBinding(FileStamp Stamp, IReadOnlyList<BoundSite> Sites, IReadOnlyList<LineRange> NotCompiled)
{
    /// <summary>Whether what stands in a line of that version, and is not among the sites, means something else.</summary>
    public bool Knows(FileStamp stamp, int line) => stamp == Stamp && !NotCompiled.Any(lines => lines.Contains(line));
}
