using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using Attribute = Lucene.Net.Util.Attribute;

namespace Rlm.Context.Lucene;

/// <summary>Writes the next term and gives how far its place is behind the one before (the first one's: plus 1); negative at the end.</summary>
internal delegate int NextTerm(BytesRef term);

/// <summary>Terms that are bytes, given to Lucene without an analyzer. Good for one field at a time.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly Term _term = new();
    private readonly IPositionIncrementAttribute _step;
    private readonly NextTerm _next;

    public TermStream(NextTerm next)
    {
        AddAttributeImpl(_term);
        (_step, _next) = (AddAttribute<IPositionIncrementAttribute>(), next);
    }

    public override bool IncrementToken()
    {
        var step = _next(_term.BytesRef);
        if (step < 0) return false;
        _step.PositionIncrement = step;
        return true;
    }

    private sealed class Term : Attribute, ITermToBytesRefAttribute
    {
        public BytesRef BytesRef { get; } = new(64);

        public void FillBytesRef()
        {
        }

        public override void Clear()
        {
        }

        public override void CopyTo(IAttribute target) => throw new NotSupportedException();
    }
}
