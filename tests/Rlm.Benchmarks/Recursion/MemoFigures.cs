using System.Globalization;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;

namespace Rlm.Benchmarks.Recursion;

/// <summary>What a second run pays for: nothing, and after an edit the unit that was edited.</summary>
internal static class MemoFigures
{
    private const int Files = 40;

    public static async Task<Figure> AgainAsync(RecurseBed bed)
    {
        (bed.OutputLimit, bed.Script) = (64_000, request => LeafReplies.Of(request));
        var first = await bed.RunAsync(Request(bed));
        var before = bed.Requests;
        var again = await bed.RunAsync(Request(bed));
        var calls = bed.Requests - before;
        var isSame = first.Findings.Select(finding => finding.Unit).SequenceEqual(again.Findings.Select(finding => finding.Unit));
        return new("second identical run", "0 calls, the same findings", string.Create(CultureInfo.InvariantCulture, $"{calls} calls, {(isSame ? "the same" : "OTHER")} {again.Findings.Count} findings"), calls == 0 && isSame && again.Coverage.IsFull);
    }

    // A line more, so that all that follows in the file moves, and only its place changes.
    public static async Task<Figure> EditedAsync(RecurseBed bed)
    {
        var units = bed.Context.Units(ContextScope.Everything.Narrowed(Request(bed).Over), UnitKind.Symbol, CancellationToken.None).Units;
        var edited = units.First(unit => unit.Characters > 80 && LinesOf(unit) is var (start, end) && end - start > 2 && File.ReadAllLines(PathOf(bed, unit))[end - 1].Trim() == "}");
        var lines = File.ReadAllLines(PathOf(bed, edited)).ToList();
        lines.Insert(LinesOf(edited).End - 1, "        // edited");
        File.WriteAllLines(PathOf(bed, edited), lines);
        var before = bed.Requests;
        await bed.RunAsync(Request(bed));
        var sent = bed.Since(before).SelectMany(LeafReplies.Units).ToArray();
        var isIt = sent is [var only] && HandlePath.Of(only.Handle) == HandlePath.Of(edited.Handle) && LinesOf(only.Handle).Start == LinesOf(edited).Start;
        return new("after one method was edited", "its unit alone is asked about", string.Create(CultureInfo.InvariantCulture, $"{sent.Length} of {units.Count} units in {bed.Requests - before} calls, {(isIt ? "the edited one" : "NOT the edited one")}"), isIt);
    }

    private static RecurseRequest Request(RecurseBed bed)
    {
        var files = bed.Context.Units(ContextScope.Everything, UnitKind.File, CancellationToken.None).Units.Select(unit => HandlePath.Of(unit.Handle)).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Distinct().Take(Files);
        return new("memo") { Over = [.. files], Mode = "map", Per = UnitKind.Symbol, Merge = "none" };
    }

    private static string PathOf(RecurseBed bed, Unit unit) => Path.Join(bed.Root, HandlePath.Of(unit.Handle));

    private static (int Start, int End) LinesOf(Unit unit) => LinesOf(unit.Handle);

    private static (int Start, int End) LinesOf(string handle)
    {
        var range = handle[(handle.LastIndexOf(':') + 1)..handle.LastIndexOf('@')].Split('-');
        return (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
    }
}
