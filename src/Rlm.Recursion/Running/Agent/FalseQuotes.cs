using System.Globalization;
using System.Text;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Agent;

/// <summary>Tells an agent which of its findings have no true quote, with the text that really stands there.</summary>
internal static class FalseQuotes
{
    private const int MaxFindings = 10, MaxText = 2_000;

    /// <summary>Empty when every finding with citations has a true one.</summary>
    public static string Told(SessionRun run, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var wrong = findings.Where(finding => finding.IsUnsupported).ToList();
        if (wrong.Count == 0) return "";
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $" {wrong.Count} findings have no quote that stands where they say:\n");
        foreach (var finding in wrong.Take(MaxFindings))
        {
            var handle = finding.Citations[0].Handle;
            text.Append(CultureInfo.InvariantCulture, $"- {finding.Unit}; at {handle} stands: {Truth(run, handle, cancellationToken)}\n");
        }
        if (wrong.Count > MaxFindings) text.Append(CultureInfo.InvariantCulture, $"- and {wrong.Count - MaxFindings} more\n");
        return text.ToString();
    }

    private static string Truth(SessionRun run, string handle, CancellationToken cancellationToken)
    {
        try
        {
            var text = run.Context.Read(run.Session.Scope, new(handle, null, 0), cancellationToken);
            return text is null ? "nothing in your scope" : text.Length <= MaxText ? "\n" + text : $"\n{text[..MaxText]}…";
        }
        // The handle is the model's own invention; what a store says of it is no news.
        catch (RecursionException)
        {
            return "nothing in your scope";
        }
    }
}
