namespace Rlm.Context.Outlines.Providers;

/// <summary>A program of its own that outlines many texts at once; one process for a batch, never one for each file.</summary>
internal interface IBatchProvider
{
    /// <summary>The word for <see cref="Outline.Provider"/>.</summary>
    string Name { get; }

    /// <summary>Name, version and rules: outlines made under different words may differ.</summary>
    string Way { get; }

    /// <summary>Whether it outlines texts of a language.</summary>
    bool Knows(string language);

    /// <summary>Whether it may be run. Looks at the whole program the first time, about 0.1 s, and remembers.</summary>
    bool IsUsable();

    /// <summary>True once <see cref="IsUsable"/> has said no. Time: none.</summary>
    bool IsRefused { get; }

    /// <summary>Outlines texts of languages that it knows; what goes wrong with some costs only these.</summary>
    /// <returns>For each text its outline, or why there is none.</returns>
    IReadOnlyList<ProviderAnswer> Outline(IReadOnlyList<OutlineItem> items, CancellationToken cancellationToken);
}
