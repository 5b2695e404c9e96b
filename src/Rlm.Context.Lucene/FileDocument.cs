using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>A file as a document.</summary>
internal static class FileDocument
{
    /// <summary>The document.</summary>
    public static List<IIndexableField> Of(in IndexedFile file, uint[] trigrams)
    {
        List<IIndexableField> fields =
        [
            new StringField(Fields.Kind, Fields.File, Field.Store.NO),
            new StringField(Fields.Path, file.Path, Field.Store.NO),
            new BinaryDocValuesField(Fields.Where, new BytesRef(Encoding.UTF8.GetBytes(file.Path))),
            new BinaryDocValuesField(Fields.Version, new BytesRef(VersionBytes.Of(file))),
            new Field(Fields.Trigrams, new TermStream(Next(trigrams)), Fields.InDocuments),
        ];
        if (file.Flags.HasFlag(IndexedFileFlags.AlwaysCandidate)) fields.Add(new StringField(Fields.Kind, Fields.Always, Field.Store.NO));
        return fields;
    }

    /// <summary>A trigram as a term.</summary>
    public static void Write(BytesRef term, uint trigram)
    {
        var bytes = term.Bytes;
        (bytes[0], bytes[1], bytes[2]) = ((byte)(trigram >> 16), (byte)(trigram >> 8), (byte)trigram);
        (term.Offset, term.Length) = (0, 3);
    }

    private static NextTerm Next(uint[] trigrams)
    {
        var at = 0;
        return term =>
        {
            if (at == trigrams.Length) return -1;
            Write(term, trigrams[at++]);
            return 1;
        };
    }
}
