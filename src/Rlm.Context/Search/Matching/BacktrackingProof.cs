using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// Proves of a pattern that a backtracking matcher tries a bounded number of ways from each place of a line. A loop is harmless when what follows it cannot begin
/// inside it (<c>\w+\s</c>): giving characters back never helps. Any other loop over single characters (<c>.*x</c>) may end in as many places as the line has
/// characters; at most two of those are admitted, none inside a loop, so the ways grow at worst with the square of the line's length. Where branches can begin
/// alike, or something is repeated a bounded number of times, the ways multiply; their number is bounded too. Without a proof nothing is said against a pattern.
/// </summary>
internal static class BacktrackingProof
{
    private const int MaxOpenLoops = 2;
    private const double MaxWays = 64;

    // From this bound on, a counted loop is as bad as one without.
    private const int ManyTimes = 64;

    private static readonly Cost Unproven = new(MaxOpenLoops + 1, 1);

    private readonly record struct Cost(int OpenLoops, double Ways)
    {
        public bool IsProven => OpenLoops <= MaxOpenLoops && Ways <= MaxWays;

        public static Cost operator *(Cost left, Cost right) => new(left.OpenLoops + right.OpenLoops, left.Ways * right.Ways);
    }

    // What a part of a pattern may begin with, and whether it may match nothing at all.
    private readonly record struct Beginning(CharacterSet Set, bool MayBeEmpty);

    /// <summary>Whether the proof succeeds.</summary>
    public static bool Holds(PatternTree tree) => CostOf(tree.Root, default).IsProven;

    // Behind the end of a pattern nothing can fail, so nothing is given back: `follow` begins empty.
    private static Cost CostOf(PatternNode node, CharacterSet follow) => node switch
    {
        PatternNode.Character or PatternNode.Place => new(0, 1),
        PatternNode.Sequence sequence => CostOf(sequence, follow),
        PatternNode.Either either => CostOf(either, follow),
        PatternNode.Repeat repeat => CostOf(repeat, follow),
        _ => Unproven,
    };

    private static Cost CostOf(PatternNode.Sequence sequence, CharacterSet follow)
    {
        var cost = new Cost(0, 1);
        for (var at = sequence.Parts.Count - 1; at >= 0; at--)
        {
            cost *= CostOf(sequence.Parts[at], follow);
            var beginning = BeginningOf(sequence.Parts[at]);
            follow = beginning.MayBeEmpty ? follow | beginning.Set : beginning.Set;
        }
        return cost;
    }

    private static Cost CostOf(PatternNode.Either either, CharacterSet follow)
    {
        var costs = either.Branches.Select(branch => CostOf(branch, follow)).ToArray();
        var ways = AreDistinct(either) ? costs.Max(cost => cost.Ways) : costs.Sum(cost => cost.Ways);
        return new(costs.Max(cost => cost.OpenLoops), ways);
    }

    private static Cost CostOf(PatternNode.Repeat repeat, CharacterSet follow)
    {
        if (repeat.Most == 0) return new(0, 1);
        var beginning = BeginningOf(repeat.Once);
        if (beginning.MayBeEmpty && repeat.Most > 1) return Unproven;
        var once = CostOf(repeat.Once, repeat.Most > 1 ? follow | beginning.Set : follow);
        if (repeat.Most > 1 && once != new Cost(0, 1)) return Unproven;
        if (repeat.Once is PatternNode.Character && !beginning.Set.Meets(follow)) return once;
        if (repeat.Least == repeat.Most) return once;
        return repeat.Most >= ManyTimes ? new(once.OpenLoops + 1, once.Ways) : once with { Ways = once.Ways + repeat.Most - repeat.Least };
    }

    private static bool AreDistinct(PatternNode.Either either)
    {
        var seen = default(CharacterSet);
        foreach (var branch in either.Branches)
        {
            var beginning = BeginningOf(branch);
            if (beginning.MayBeEmpty || beginning.Set.Meets(seen)) return false;
            seen |= beginning.Set;
        }
        return true;
    }

    // A place lets anything follow but may fail, which makes a loop before it give back: it counts as beginning with everything.
    private static Beginning BeginningOf(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Character character: return new(character.Set, false);
            case PatternNode.Place: return new(CharacterSet.All, true);
            case PatternNode.Repeat repeat: return BeginningOf(repeat.Once) is var once && repeat.Least > 0 ? once : once with { MayBeEmpty = true };
            case PatternNode.Sequence sequence:
                var set = default(CharacterSet);
                foreach (var part in sequence.Parts)
                {
                    var beginning = BeginningOf(part);
                    set |= beginning.Set;
                    if (!beginning.MayBeEmpty) return new(set, false);
                }
                return new(set, true);
            case PatternNode.Either either:
                var branches = either.Branches.Select(BeginningOf).ToArray();
                return new(branches.Aggregate(default(CharacterSet), (all, branch) => all | branch.Set), branches.Any(branch => branch.MayBeEmpty));
            default: return new(CharacterSet.All, true);
        }
    }
}
