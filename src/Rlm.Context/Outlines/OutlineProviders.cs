using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Outlines.Ctags;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines;

/// <summary>
/// Chooses who outlines a text: what is built in (Roslyn, Markdown, text), else a program of its own that is installed and knows the language, else the heuristic. The choice for a language
/// stands for the life of a store, so that an answer does not mix two ways of reading one language; texts with which a program fails fall to the heuristic, and their outlines say so.
/// </summary>
internal sealed class OutlineProviders
{
    private readonly IReadOnlyList<IBatchProvider> _providers;

    /// <summary>Those that are installed.</summary>
    public OutlineProviders(ContextOptions options)
        : this(Installed(options))
    {
    }

    /// <summary>These, best first.</summary>
    public OutlineProviders(IReadOnlyList<IBatchProvider> providers) => _providers = providers;

    /// <summary>Whether texts of a language are outlined in batches, by a program of its own.</summary>
    public bool IsBatched(string language) => ProviderOf(language) is not null;

    /// <summary>Names who outlines a language, with version and rules; empty for what is built in.</summary>
    public string WayOf(string language) => ProviderOf(language)?.Way ?? "";

    /// <summary>Looks at the programs as a whole, so that <see cref="WayOf"/> names only what will be run. About 0.1 s, once a process.</summary>
    public void Verify()
    {
        foreach (var provider in _providers) provider.IsUsable();
    }

    /// <summary>Outlines one text; with a program of its own about 20 ms.</summary>
    public Outline Outline(OutlineItem item, CancellationToken cancellationToken) => OutlineAll([item], cancellationToken)[0];

    /// <summary>Outlines texts, in their order.</summary>
    /// <param name="items">The texts.</param>
    /// <param name="cancellationToken">Stops between batches and inside them.</param>
    /// <param name="passing">Called with the place of each text whose provider could not be had just now: its outline is a stand-in that is not to be kept.</param>
    public IReadOnlyList<Outline> OutlineAll(IReadOnlyList<OutlineItem> items, CancellationToken cancellationToken, Action<int>? passing = null)
    {
        var outlines = new Outline?[items.Count];
        foreach (var group in Enumerable.Range(0, items.Count).GroupBy(place => ProviderOf(items[place].Language)))
        {
            if (group.Key is not { } provider || !provider.IsUsable())
            {
                foreach (var place in group) outlines[place] = Outliner.Outline(items[place], cancellationToken);
                continue;
            }
            var places = group.ToArray();
            var answers = provider.Outline([.. places.Select(place => items[place])], cancellationToken);
            for (var at = 0; at < places.Length; at++)
            {
                outlines[places[at]] = answers[at].Outline ?? Instead(items[places[at]], provider, answers[at].Fault, cancellationToken);
                if (answers[at].IsPassing) passing?.Invoke(places[at]);
            }
        }
        return outlines!;
    }

    private static List<IBatchProvider> Installed(ContextOptions options)
    {
        var providers = new List<IBatchProvider>();
        if (AstGrepProgram.Find(options.ProviderFolder) is { } program) providers.Add(new AstGrepOutliner(program));
        if (CtagsProgram.At(options.CtagsProgram) is { } ctags) providers.Add(new CtagsOutliner(ctags));
        return providers;
    }

    private static Outline Instead(OutlineItem item, IBatchProvider provider, string? fault, CancellationToken cancellationToken)
    {
        var outline = Outliner.Outline(item, cancellationToken);
        var note = $"{provider.Name}: {fault}";
        return outline with { Partial = outline.Partial is null ? note : $"{note}; {outline.Partial}" };
    }

    private IBatchProvider? ProviderOf(string language)
    {
        foreach (var provider in _providers)
            if (provider.Knows(language) && !provider.IsRefused) return provider;
        return null;
    }
}
