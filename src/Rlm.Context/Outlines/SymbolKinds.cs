namespace Rlm.Context.Outlines;

/// <summary>The words for <see cref="Symbol.Kind"/>, as the tool contract lists them.</summary>
public static class SymbolKinds
{
#pragma warning disable CS1591 // the constants are their own text
    public const string Namespace = "namespace", Class = "class", Struct = "struct", Record = "record", RecordStruct = "record_struct",
        Interface = "interface", Enum = "enum", Delegate = "delegate", Extension = "extension", Method = "method", Constructor = "constructor",
        Destructor = "destructor", Operator = "operator", Conversion = "conversion", Property = "property", Indexer = "indexer", Event = "event",
        Field = "field", EnumMember = "enum_member", LocalFunction = "local_function", TopLevel = "top_level",
        Function = "function", Module = "module", Type = "type", Trait = "trait", Variable = "variable", Heading = "heading", Key = "key", Cell = "cell",
        Paragraph = "paragraph", TimeRange = "time_range";
#pragma warning restore CS1591

    /// <summary>Types in the wide sense.</summary>
    public static bool IsType(string kind) => kind is Class or Struct or Record or RecordStruct or Interface or Enum or Delegate or Extension or Type or Trait;

    /// <summary>Members and functions.</summary>
    public static bool IsMember(string kind) => kind is Method or Constructor or Destructor or Operator or Conversion or Property or Indexer or Event
        or Field or EnumMember or LocalFunction or TopLevel or Function or Variable;

    /// <summary>False for units that are only stretches of text: they have a first line, not a name.</summary>
    public static bool IsName(string kind) => kind is not (Paragraph or TimeRange or Cell);
}
