using Rlm.Context.Outlines;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Tests.Outlines.Providers;

/// <summary>A provider for one language that fails with texts that say so (crash, busy), and gives the others one symbol with the text for its name.</summary>
internal sealed class ScriptedProvider(string language) : IBatchProvider
{
    public List<int> Batches { get; } = [];

    public bool IsGenuine { get; init; } = true;

    public string Name => "scripted";

    public string Way => "scripted 1";

    public bool IsRefused { get; private set; }

    public bool Knows(string asked) => asked == language;

    public bool IsUsable()
    {
        IsRefused = !IsGenuine;
        return IsGenuine;
    }

    public IReadOnlyList<ProviderAnswer> Outline(IReadOnlyList<OutlineItem> items, CancellationToken cancellationToken)
    {
        var runs = new BatchRuns<string>(items.Count, text => text.Length, (batch, fill) =>
        {
            Batches.Add(batch.Count);
            if (batch.Any(item => item.Text.Contains("crash", StringComparison.Ordinal))) throw new ProviderFaultException("crashed");
            if (batch.Any(item => item.Text.Contains("busy", StringComparison.Ordinal))) throw new ProviderFaultException("no temporary folder") { IsPassing = true };
            foreach (var (place, text) in batch) fill(place, new(Name, [new() { Name = text.Trim(), Kind = SymbolKinds.Function, Path = text.Trim(), Signature = "", Range = new(1, 1), NameLine = 1, DocStart = 1 }]));
        });
        for (var place = 0; place < items.Count; place++) runs.Add(place, items[place].Text.Text);
        return runs.Finish();
    }
}
