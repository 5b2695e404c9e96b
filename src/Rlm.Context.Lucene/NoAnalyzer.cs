using Lucene.Net.Analysis;

namespace Rlm.Context.Lucene;

/// <summary>Lucene wants an analyzer; there are no texts to analyze, so nobody asks it.</summary>
internal sealed class NoAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => throw new NotSupportedException();
}
