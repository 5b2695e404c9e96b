using System.Text.RegularExpressions;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>Pairs of units that share a key (<see cref="PairKey"/>), which is found by code. Over two scopes, pairs join one unit of each.</summary>
internal static partial class PairUnits
{
    /// <summary>Pairs of one run at most; more are counted as skipped.</summary>
    public const int Most = 20_000;

    /// <summary>Units whose callers are looked up at most.</summary>
    public const int MostAsked = 500;

    /// <summary>All pairs, in the order of their first and then their second unit.</summary>
    public static UnitList Of(SessionRun run, CancellationToken cancellationToken)
    {
        var (scope, over) = (run.Session.Scope, run.Session.Request.Over);
        if (over.Count != 2 || scope.Layers.Count == 0 || !scope.Layers[^1].SequenceEqual(over))
        {
            var units = Listed(run, scope, over, cancellationToken);
            return Paired(run, scope, units.Units, null, units.Skipped, cancellationToken);
        }
        var (left, right) = (Listed(run, With(scope, over[0]), [over[0]], cancellationToken), Listed(run, With(scope, over[1]), [over[1]], cancellationToken));
        return Paired(run, scope, left.Units, right.Units, Sum(left.Skipped, right.Skipped), cancellationToken);
    }

    /// <summary>What a unit is paired by.</summary>
    public static string NameOf(Unit unit)
    {
        if (unit.Symbol is null) return Place.Of(unit.Handle).Path is var path ? path[(path.LastIndexOf('/') + 1)..] : "";
        var symbol = Parameters().Replace(unit.Symbol, "");
        return symbol[(symbol.LastIndexOfAny(['.', '#', '/', '+']) + 1)..];
    }

    private static UnitList Paired(SessionRun run, ContextScope scope, IReadOnlyList<Unit> left, IReadOnlyList<Unit>? right, IReadOnlyDictionary<string, int> skipped, CancellationToken cancellationToken)
    {
        var by = run.Session.Request.PairBy;
        if (by == PairKey.Caller && left.Count + (right?.Count ?? 0) > MostAsked)
            throw new RecursionException("bad_argument", $"pair:caller looks up the callers of each unit, and there are {left.Count + (right?.Count ?? 0):N0}", $"Narrow over to at most {MostAsked:N0} units, or pair by name or signature.");
        var keys = (right is null ? left : left.Concat(right)).DistinctBy(unit => unit.Handle).ToDictionary(unit => unit.Handle, unit => KeysOf(run, scope, unit, by, cancellationToken));
        var seconds = (right ?? left).Select((unit, index) => (unit, index)).SelectMany(each => keys[each.unit.Handle].Select(key => (key, each))).ToLookup(pair => pair.key, pair => pair.each, StringComparer.Ordinal);
        var (pairs, beyond) = (new List<Unit>(), 0);
        for (var first = 0; first < left.Count; first++)
            foreach (var (second, index) in keys[left[first].Handle].SelectMany(key => seconds[key]).DistinctBy(each => each.index).OrderBy(each => each.index))
            {
                if ((right is null && index <= first) || second.Handle == left[first].Handle) continue;
                if (pairs.Count < Most) pairs.Add(left[first] with { With = second, Characters = left[first].Characters + second.Characters });
                else beyond++;
            }
        return new(pairs, beyond == 0 ? skipped : Sum(skipped, new Dictionary<string, int> { ["pairs beyond 20,000"] = beyond }));
    }

    private static IReadOnlyList<string> KeysOf(SessionRun run, ContextScope scope, Unit unit, PairKey by, CancellationToken cancellationToken) =>
        by == PairKey.Name ? [NameOf(unit)] : run.Context.PairKeys(scope, unit, by, cancellationToken);

    private static UnitList Listed(SessionRun run, ContextScope scope, IReadOnlyList<string> over, CancellationToken cancellationToken) =>
        run.Context.Units(scope, over.Count > 0 && over.All(one => one.StartsWith('@')) ? UnitKind.Match : UnitKind.Symbol, cancellationToken);

    private static ContextScope With(ContextScope scope, string last) => scope with { Layers = [.. scope.Layers.SkipLast(1), [last]] };

    private static Dictionary<string, int> Sum(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Concat(other).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));

    [GeneratedRegex(@"\(.*\)\z|`[0-9]+|~[0-9]+\z")]
    private static partial Regex Parameters();
}
