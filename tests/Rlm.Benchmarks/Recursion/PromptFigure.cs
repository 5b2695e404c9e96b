using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>How long the first request of a child is, over one file and over everything.</summary>
internal static class PromptFigure
{
    private const int MostApart = 64;

    public static async Task<Figure> MeasureAsync(RecurseBed bed)
    {
        var files = bed.Context.Units(ContextScope.Everything, UnitKind.File, CancellationToken.None).Units;
        var small = await ChildAsync(bed, "**/" + Path.GetFileName(HandlePath.Of(files[0].Handle)));
        var large = await ChildAsync(bed, "**");
        return new("first request of a child, one file / everything", "the same size, but for the scope's words",
            string.Create(CultureInfo.InvariantCulture, $"{small:N0} / {large:N0} bytes for {files.Count:N0} units"), small > 0 && Math.Abs(small - large) <= MostApart);
    }

    private static async Task<int> ChildAsync(RecurseBed bed, string over)
    {
        (bed.OutputLimit, bed.Script) = (8_000, request => request.Text.Contains("the child's own task", StringComparison.Ordinal) || request.Body.GetProperty("messages").GetArrayLength() > 1
            ? ScriptedReply.Call("answer", new { content = "seen", ready = true, findings = Array.Empty<object>() })
            : ScriptedReply.Call("recurse", new { task = "the child's own task", over = new[] { over }, mode = "agent", reason = "asked" }));
        var before = bed.Requests;
        await bed.RunAsync(new($"prompt over {over}") { Mode = "agent" });
        return bed.Since(before).Where(request => request.Body.GetProperty("messages").GetArrayLength() == 1 && request.Text.Contains("the child's own task", StringComparison.Ordinal))
            .Select(request => System.Text.Encoding.UTF8.GetByteCount(request.Body.GetRawText())).FirstOrDefault();
    }
}
