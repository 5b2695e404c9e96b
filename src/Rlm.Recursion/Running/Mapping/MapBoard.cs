using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>All units of a map and how they stand; the one source of its findings and coverage.</summary>
/// <param name="work">In order.</param>
/// <param name="without">Files and pairs of the scope that gave no unit, by reason with counts.</param>
internal sealed class MapBoard(IReadOnlyList<UnitWork> work, IReadOnlyDictionary<string, int> without)
{
    private const string NotYet = "not reached yet";

    public IReadOnlyList<UnitWork> Work { get; } = work;

    /// <summary>Units that still wait for a valid answer.</summary>
    public IReadOnlyList<UnitWork> Open => [.. Work.Where(one => one.IsOpen)];

    /// <summary>What is found so far, in order, with what lost its support.</summary>
    public IReadOnlyList<Finding> Findings => [.. Work.Select(one => one.Finding).OfType<Finding>()];

    /// <summary>What the answer is made of.</summary>
    public IReadOnlyList<Finding> Supported => [.. Work.Where(one => one.State is UnitState.Judged).Select(one => one.Finding).OfType<Finding>()];

    /// <summary>Units = judged + failed + skipped, at any time; what waits counts as skipped.</summary>
    public Coverage Coverage()
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        void Count(string reason, int units) => reasons[reason] = reasons.GetValueOrDefault(reason) + units;
        foreach (var (reason, files) in without) Count(reason, files);
        var missing = Work.Where(one => one.State is not UnitState.Judged).ToList();
        foreach (var one in missing) Count(one.Reason ?? NotYet, 1);
        int judged = Of(UnitState.Judged), failed = Of(UnitState.Failed), left = without.Values.Sum();
        return new(Work.Count + left, judged, failed, Work.Count - judged - failed + left) { Reasons = reasons, Missing = [.. missing.Take(Context.Coverage.MostMissing).Select(Named)] };
    }

    private static MissingUnit Named(UnitWork work) => new(work.Unit.With is { } with ? $"{work.Unit.Handle} ~ {with.Handle}" : work.Unit.Handle, work.Reason ?? NotYet);

    private int Of(UnitState state) => Work.Count(one => one.State == state);
}
