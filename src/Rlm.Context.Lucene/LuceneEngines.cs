using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>What the program says once, at its start, when it is built with <c>UseLucene=true</c>.</summary>
public static class LuceneEngines
{
    /// <summary>From now on <c>--engine lucene</c> has one. Loads nothing of Lucene yet.</summary>
    public static void Register() => IndexEngines.Lucene = folder => new LuceneEngine(folder);
}
