using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace Rlm.Context.Lucene;

/// <summary>
/// The fields of Lucene's documents. A file: kind, path, version, where, trigrams. A content: key, kind, head, outline, names, and before it its units, each: key, terms.
/// Lucene 4.8 has no number beside a term in a document but how often and where it occurs, so a term's place is its impact, and a name's place is the symbol's ordinal.
/// </summary>
internal static class Fields
{
    /// <summary>Marks: <see cref="File"/>, <see cref="Always"/>, <see cref="Content"/>.</summary>
    public const string Kind = "kind";

    /// <summary>Kinds: a file; a file that every query has as a candidate, too; a content.</summary>
    public const string File = "f", Always = "a", Content = "c";

    /// <summary>A file's path as a term, and as a value.</summary>
    public const string Path = "path", Where = "where";

    /// <summary>A file's version as a value (<see cref="VersionBytes"/>).</summary>
    public const string Version = "version";

    /// <summary>A file's trigrams, of three bytes each.</summary>
    public const string Trigrams = "trigrams";

    /// <summary>A content's key as a term, of all documents in its block.</summary>
    public const string Key = "key";

    /// <summary>A content's key and number of units as a value.</summary>
    public const string Head = "head";

    /// <summary>A content's outline, stored.</summary>
    public const string Outline = "outline";

    /// <summary>The names of a content's symbols; those too long for a term, stored.</summary>
    public const string Names = "names", LongNames = "long";

    /// <summary>A unit's terms.</summary>
    public const string Terms = "terms";

    /// <summary>Terms of which only the documents are kept.</summary>
    public static readonly FieldType InDocuments = Of(IndexOptions.DOCS_ONLY);

    /// <summary>Terms of which the places are kept, too.</summary>
    public static readonly FieldType WithPlaces = Of(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    private static FieldType Of(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        type.Freeze();
        return type;
    }
}
