namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Which class of dict a dict is.</summary>
internal enum DictKind
{
    Plain,
    Default,
    Ordered,
    Counter,
}
