using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Asking;

/// <summary>The findings of one answer, checked.</summary>
internal sealed class AskFindings(SessionRun run, AskPrompt ask)
{
    private const int Most = 200, MostAgain = 8;

    /// <summary>All findings of an answer in its order. Those with no true quote were asked again once, alone (the first eight of them), and are unsupported when that gave none either.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(JsonElement answer, CancellationToken cancellationToken)
    {
        var given = LeafItem.Property(answer, "findings") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(Most).ToList() : [];
        var (findings, again) = (new List<Finding>(), 0);
        foreach (var item in given)
        {
            if (Of(item, cancellationToken) is not { } finding) continue;
            var isFalse = finding.Citations.Count > 0 && finding.Citations.All(citation => citation.Checked is QuoteCheck.False);
            findings.Add(!isFalse ? finding : again++ < MostAgain && await AgainAsync(finding, cancellationToken).ConfigureAwait(false) is { } better ? better : finding with { IsUnsupported = true });
        }
        return findings;
    }

    private Finding? Of(JsonElement item, CancellationToken cancellationToken)
    {
        var text = item.ValueKind is JsonValueKind.String ? item.GetString() : LeafItem.Text(item, "text");
        if (string.IsNullOrWhiteSpace(text)) return null;
        var citations = LeafItem.QuotesOf(item).Select(quote => Check(quote.Handle, quote.Quote, cancellationToken)).ToList();
        var unit = citations.FirstOrDefault(citation => citation.Checked is not QuoteCheck.False)?.Handle ?? (ask.Units.Count == 1 ? ask.Units[0].Unit.Handle : citations.FirstOrDefault()?.Handle ?? "");
        var symbol = ask.Units.FirstOrDefault(each => each.Unit.Handle == unit).Unit?.Symbol;
        return new(unit, symbol, (LeafItem.Property(item, "value") ?? JsonSerializer.SerializeToElement(text)).Clone(), text, citations);
    }

    // A quote without a handle belongs where it is found.
    private Citation Check(string? handle, string quote, CancellationToken cancellationToken)
    {
        var real = handle is null ? null : ask.Units.Select(each => each.Unit.Handle).FirstOrDefault(known => UnitFrame.Attribute(known) == handle) ?? handle;
        if (real is not null) return CitationCheck.Check(run.Context, run.Session.Scope, real, quote, cancellationToken);
        return ask.Units.Select(each => CitationCheck.Check(run.Context, run.Session.Scope, each.Unit.Handle, quote, cancellationToken)).FirstOrDefault(citation => citation.Checked is not QuoteCheck.False)
            ?? new("", quote.Length <= 400 ? quote : quote[..400] + "…", QuoteCheck.False);
    }

    private async Task<Finding?> AgainAsync(Finding finding, CancellationToken cancellationToken)
    {
        var question = new Question(run, run.Models!.Leaf, "ask");
        var user = $"{ask.DataFor(finding.Citations.Select(citation => citation.Handle))}\n<claim>\n{UnitFrame.Data(finding.Text)}\n</claim>\nThe quotes given for this claim do not stand in the pieces. Give the claim again as one finding with quotes that do, or give no finding when the pieces do not bear it out.";
        var shape = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["findings"] = AnswerTool.Content(null)["properties"]!["findings"]!.DeepClone() }, ["required"] = new JsonArray("findings") };
        var outcome = await question.AskAsync(ask.System, user, shape, answer => LeafItem.Property(answer, "findings") is { ValueKind: JsonValueKind.Array } ? null : "findings must be a list", cancellationToken).ConfigureAwait(false);
        if (outcome.Answer is not { } given) return null;
        var better = given.GetProperty("findings").EnumerateArray().Take(1).Select(item => Of(item, cancellationToken)).FirstOrDefault();
        if (better is null || better.Citations.All(citation => citation.Checked is QuoteCheck.False)) return null;
        question.Keep(outcome);
        return better;
    }
}
