using System.Xml;
using System.Xml.Linq;
using Rlm.Context.Projects.Manifests;

namespace Rlm.Context.Binding.Projects;

/// <summary>Project files as XML and nothing more: no document types, no entities, nothing fetched, nothing run.</summary>
internal static class ProjectXml
{
    // The longest project file known (a generated list of 9,000 sources) has 1.2 million characters.
    private const int MaxCharacters = 16 << 20, MaxDepth = 64;

    /// <summary>The root element; null, with what is wrong, when the text is no such XML.</summary>
    public static XElement? Parse(string text, out string? fault)
    {
        fault = null;
        try
        {
            if (IsTooDeep(text)) throw new XmlException($"elements nest deeper than {MaxDepth}");
            using var reader = SafeXml.Open(text, MaxCharacters);
            return XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    private static bool IsTooDeep(string text)
    {
        using var reader = SafeXml.Open(text, MaxCharacters);
        while (reader.Read())
            if (reader.Depth > MaxDepth) return true;
        return false;
    }
}
