using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>The engines there are, by the name that the operator gives.</summary>
internal static class IndexEngines
{
    /// <summary>Makes a Lucene engine in a folder; set by the program when it was built with one.</summary>
    public static Func<string, IIndexEngine>? Lucene { get; set; }

    /// <summary>An engine over a place for files.</summary>
    /// <param name="options">Which one, and how much memory it may use.</param>
    /// <param name="files">The place.</param>
    /// <param name="folder">The same on disk; null for memory.</param>
    /// <exception cref="ContextException">The program was built without it.</exception>
    public static IIndexEngine Make(ContextOptions options, IIndexFiles files, string? folder)
    {
        if (options.Engine != ContextOptions.LuceneEngine || folder is null) return new OwnEngine(files, Limits(options.MemoryBytes));
        return Lucene?.Invoke(folder) ?? throw new ContextException(ContextFault.NotAvailable, "asked for the index engine lucene, which this program was built without",
            "Build it with: dotnet build -c Release -p:UseLucene=true (its package must be in one of your feeds), or leave --engine out.");
    }

    // The two are gathered one after the other; the rest is for the runtime, texts in work and outlines.
    private static EngineLimits Limits(long memory)
    {
        var standard = new EngineLimits();
        return new() { MaxPairs = (int)Math.Clamp(memory / 32, 1 << 20, standard.MaxPairs), MaxPostings = (int)Math.Clamp(memory / 64, 1 << 20, standard.MaxPostings) };
    }
}
