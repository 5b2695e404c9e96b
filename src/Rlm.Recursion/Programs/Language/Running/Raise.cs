using System.Numerics;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Makes Python exceptions to be thrown.</summary>
internal static class Raise
{
    public static PyRaise Error(string type, string message) => new(new PyException(ExceptionTypes.ByName[type], PyTuple.Of(message)));

    public static PyRaise Type(string message) => Error("TypeError", message);

    public static PyRaise Value(string message) => Error("ValueError", message);

    public static PyRaise Index(string message) => Error("IndexError", message);

    public static PyRaise Overflow(string message) => Error("OverflowError", message);

    public static PyRaise ZeroDivision(string message) => Error("ZeroDivisionError", message);

    public static PyRaise Key(object key) => new(new PyException(ExceptionTypes.ByName["KeyError"], PyTuple.Of(key)));

    public static PyRaise Name(string name) => Error("NameError", $"name '{name}' is not defined");

    public static PyRaise Attribute(object value, string name) => Error("AttributeError", value switch
    {
        PyModule module => $"module '{module.Name}' has no attribute '{name}'",
        PyClass type => $"type object '{type.Name}' has no attribute '{name}'",
        _ => $"'{Types.NameOf(value)}' object has no attribute '{name}'",
    });

    public static PyRaise NotIterable(object value) => Type($"'{Types.NameOf(value)}' object is not iterable");

    public static PyRaise NotSupported(string sign, object left, object right) => Type($"unsupported operand type(s) for {sign}: '{Types.NameOf(left)}' and '{Types.NameOf(right)}'");

    public static PyRaise StopIteration() => new(new PyException(ExceptionTypes.ByName["StopIteration"], PyTuple.Empty));

    /// <summary>An int that must fit into the sizes of sequences.</summary>
    public static PyRaise TooLargeForSize(BigInteger value) => Overflow(value.Sign < 0 || value.Sign > 0 ? "cannot fit 'int' into an index-sized integer" : "");
}
