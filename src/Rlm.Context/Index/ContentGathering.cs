using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>The contents that are put but not yet a segment: their outlines on the disk already, the rest in memory; and where all other contents are. For one thread.</summary>
internal sealed class ContentGathering(OwnEngine engine, List<WrittenSegment> segments, HeldSegments held) : IDisposable
{
    private readonly UnitBuffer _units = new(engine.Limits.MaxPostings);
    private readonly NameBuffer _names = new();
    private readonly List<ContentRecord> _contents = [];
    private WrittenSegment _segment = new();
    private SegmentOutput? _output;
    private Dictionary<UInt128, WrittenPlace>? _places;

    /// <summary>Refuses what cannot be stored.</summary>
    /// <exception cref="ArgumentException">It is not as <see cref="OutlinedContent"/> says.</exception>
    public static void Check(OutlinedContent content)
    {
        if (content.UnitCount is < 0 or > UnitBuffer.MaxUnits || content.Names.Count > UnitBuffer.MaxUnits) throw new ArgumentException("Too many units or names.", nameof(content));
        var last = 0;
        foreach (var posting in content.Postings.Span)
        {
            if (posting.Unit < last || posting.Unit >= content.UnitCount || posting.Impact == 0) throw new ArgumentException("Postings are by unit, of units that there are, and with an impact.", nameof(content));
            last = posting.Unit;
        }
    }

    /// <summary>Whether a content is known.</summary>
    public bool Has(UInt128 key) => Places.ContainsKey(key);

    /// <summary>Adds a content; false when its key is known.</summary>
    public bool Put(OutlinedContent content)
    {
        if (Has(content.Key)) return false;
        if (_units.IsFullFor(content.Postings.Length, content.UnitCount)) Seal();
        _output ??= new(engine);
        Places.Add(content.Key, new(_segment, _contents.Count));
        _contents.Add(new(content.Key, _output.Blobs.Add(content.Outline), _units.Units, _names.Symbols));
        _units.Add(content.Postings.Span, content.UnitCount);
        foreach (var name in content.Names) _names.Add(name);
        return true;
    }

    /// <summary>Forgets a content; false when it is not known.</summary>
    public bool Remove(UInt128 key)
    {
        if (!Places.Remove(key, out var known)) return false;
        known.Segment.Dead.Add(known.Item);
        return true;
    }

    /// <summary>Makes a segment of all that was put; nothing happens when that is nothing.</summary>
    public void Seal()
    {
        if (_output is null) return;
        var (units, symbols) = (_units.Units, _names.Symbols);
        var writer = new ContentSegmentWriter(_output.File, _output.Blobs);
        _units.Drain(writer);
        writer.EndTerms();
        _names.Drain(writer);
        _segment.Info = writer.Finish(_output.Id, _contents, units, symbols);
        segments.Add(_segment);
        _output.Dispose();
        (_output, _segment) = (null, new());
        _contents.Clear();
    }

    /// <summary>To be called when contents have moved to other segments.</summary>
    public void ForgetPlaces() => _places = null;

    public void Dispose() => _output?.Dispose();

    private Dictionary<UInt128, WrittenPlace> Places => _places ??= ReadPlaces();

    private Dictionary<UInt128, WrittenPlace> ReadPlaces()
    {
        var ours = segments.Where(segment => segment.Info.Kind == SegmentKind.Contents).ToArray();
        var places = new Dictionary<UInt128, WrittenPlace>(ours.Sum(segment => segment.Info.Items));
        foreach (var segment in ours)
        {
            var table = held.Of<ContentSegmentReader>(segment).Table;
            for (var content = 0; content < table.Count; content++)
                if (!segment.Dead.Contains(content)) places[table.KeyOf(content)] = new(segment, content);
        }
        return places;
    }
}
