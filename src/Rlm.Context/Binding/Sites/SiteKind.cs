namespace Rlm.Context.Binding.Sites;

/// <summary>What a site does with a symbol; the words of the tool contract.</summary>
public static class SiteKind
{
#pragma warning disable CS1591 // the words speak for themselves
    public const string Invoke = "invoke", Read = "read", Write = "write", Construct = "construct", TypeOf = "typeof", NameOf = "nameof", Cref = "cref", Attribute = "attribute",
        Base = "base", Override = "override", Implement = "implement", Using = "using", Type = "type", TypeArgument = "type_argument", Subscribe = "subscribe", Implicit = "implicit", Cast = "cast";
#pragma warning restore CS1591
}
