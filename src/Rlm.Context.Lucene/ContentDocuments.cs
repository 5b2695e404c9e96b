using System.Buffers.Binary;
using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>An outlined content as a block of documents: its units, then itself. Lucene keeps a block together, and all of it goes at once, because all have its key.</summary>
internal static class ContentDocuments
{
    /// <summary>The documents, to be taken one after the other.</summary>
    public static IEnumerable<IEnumerable<IIndexableField>> Of(OutlinedContent content)
    {
        var key = new StringField(Fields.Key, KeyText(content.Key), Field.Store.NO);
        var terms = new UnitTerms(content);
        IIndexableField[] unit = [key, new Field(Fields.Terms, new TermStream(terms.Next), Fields.WithPlaces)];
        while (terms.MoveToNextUnit()) yield return unit;
        yield return Whole(content, key);
    }

    /// <summary>A key as a term.</summary>
    public static string KeyText(UInt128 key) => key.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Key and number of units, from the value of <see cref="Fields.Head"/>.</summary>
    /// <exception cref="IndexDamagedException">It is none.</exception>
    public static (UInt128 Key, int Units) ReadHead(ReadOnlySpan<byte> head) =>
        head.Length == 20 ? (BinaryPrimitives.ReadUInt128BigEndian(head), BinaryPrimitives.ReadInt32BigEndian(head[16..])) : throw new IndexDamagedException("a content has no head");

    private static List<IIndexableField> Whole(OutlinedContent content, IIndexableField key)
    {
        var head = new byte[20];
        BinaryPrimitives.WriteUInt128BigEndian(head, content.Key);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), content.UnitCount);
        List<IIndexableField> fields =
        [
            key,
            new StringField(Fields.Kind, Fields.Content, Field.Store.NO),
            new BinaryDocValuesField(Fields.Head, new BytesRef(head)),
            new StoredField(Fields.Outline, content.Outline),
            new Field(Fields.Names, new TermStream(Names(content.Names)), Fields.WithPlaces),
        ];
        foreach (var name in content.Names)
            if (NameTerm.IsLong(name)) fields.Add(new StoredField(Fields.LongNames, name));
        return fields;
    }

    private static NextTerm Names(IReadOnlyList<string> names)
    {
        var (at, last) = (0, -1);
        return term =>
        {
            while (at < names.Count && names[at].Length == 0) at++;
            if (at == names.Count) return -1;
            NameTerm.Write(term, names[at]);
            var step = at - last;
            last = at++;
            return step;
        };
    }
}
