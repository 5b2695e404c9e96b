using System.Xml;

namespace Rlm.Context.Projects.Manifests;

/// <summary>Reads XML without document types, entities or anything from elsewhere, in one pass.</summary>
internal static class SafeXml
{
    private const int MaxDepth = 64;

    /// <summary>Calls back for each element that has a text or attributes: its names from the root, its attributes, and its own text when it has no elements.</summary>
    /// <exception cref="XmlException">It is not well formed, or has a document type.</exception>
    public static void Read(string text, Action<IReadOnlyList<string>, Func<string, string?>, string> element)
    {
        using var reader = Open(text, ManifestReader.MaxCharacters);
        var names = new List<string>();
        var open = new Stack<(Dictionary<string, string> Attributes, System.Text.StringBuilder Text)>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (names.Count == MaxDepth) throw new FormatException($"XML is nested deeper than {MaxDepth}");
                    names.Add(reader.LocalName);
                    var isEmpty = reader.IsEmptyElement;
                    open.Push((Attributes(reader), new()));
                    if (isEmpty) Close();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    Close();
                    break;
            }
        }

        void Close()
        {
            var (attributes, value) = open.Pop();
            element(names, name => attributes.GetValueOrDefault(name), value.ToString().Trim());
            names.RemoveAt(names.Count - 1);
        }
    }

    /// <summary>A reader that knows no document types and fetches nothing.</summary>
    public static XmlReader Open(string text, int maxCharacters) => XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\n', '\r', '\t')), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = maxCharacters,
    });

    private static Dictionary<string, string> Attributes(XmlReader reader)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.MoveToNextAttribute()) attributes[reader.LocalName] = reader.Value;
        reader.MoveToElement();
        return attributes;
    }
}
