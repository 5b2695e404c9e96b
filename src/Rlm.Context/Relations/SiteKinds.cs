namespace Rlm.Context.Relations;

/// <summary>The words for what a site does with a name.</summary>
public static class SiteKinds
{
#pragma warning disable CS1591 // the constants are their own text
    public const string Declaration = "declaration", Override = "override", Invoke = "invoke", Read = "read", Write = "write", Construct = "construct", Type = "type",
        TypeOf = "typeof", NameOf = "nameof", Cref = "cref", Attribute = "attribute", Base = "base", Import = "import", Argument = "argument", Implement = "implement", Implicit = "implicit";
#pragma warning restore CS1591

    /// <summary>The word stands in a comment, a string or prose: counted, not listed.</summary>
    public const string Mention = "mention";

    /// <summary>The word stands in a text that was not read as code: what it does there is not known.</summary>
    public const string Unknown = "unknown";
}
