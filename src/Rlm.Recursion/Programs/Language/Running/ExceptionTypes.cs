using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The classes of built-in exceptions.</summary>
internal static class ExceptionTypes
{
    public static readonly PyClass BaseException = new("BaseException", Types.Object);
    public static readonly Dictionary<string, PyClass> ByName = Build();
    public static readonly PyClass Exception = ByName["Exception"], StopIteration = ByName["StopIteration"], KeyError = ByName["KeyError"], AssertionError = ByName["AssertionError"], IndexError = ByName["IndexError"], AttributeError = ByName["AttributeError"];

    private static Dictionary<string, PyClass> Build()
    {
        var types = new Dictionary<string, PyClass> { ["BaseException"] = BaseException };
        Add("BaseException", "Exception", "KeyboardInterrupt", "SystemExit", "GeneratorExit");
        Add("Exception", "ArithmeticError", "AssertionError", "AttributeError", "EOFError", "ImportError", "LookupError", "MemoryError", "NameError", "OSError", "RuntimeError", "StopIteration", "SyntaxError", "TypeError", "ValueError", "Warning", "BufferError", "ReferenceError", "StopAsyncIteration", "SystemError");
        Add("ArithmeticError", "FloatingPointError", "OverflowError", "ZeroDivisionError");
        Add("LookupError", "IndexError", "KeyError");
        Add("NameError", "UnboundLocalError");
        Add("ImportError", "ModuleNotFoundError");
        Add("OSError", "FileNotFoundError", "PermissionError", "TimeoutError", "ConnectionError", "FileExistsError", "IsADirectoryError", "NotADirectoryError", "InterruptedError");
        Add("RuntimeError", "NotImplementedError", "RecursionError");
        Add("SyntaxError", "IndentationError");
        Add("IndentationError", "TabError");
        Add("ValueError", "UnicodeError", "JSONDecodeError");
        Add("UnicodeError", "UnicodeDecodeError", "UnicodeEncodeError");
        Add("Warning", "UserWarning", "DeprecationWarning", "RuntimeWarning", "FutureWarning");
        Add("Exception", "re.error");
        return types;

        void Add(string parent, params string[] names)
        {
            foreach (var name in names) types[name] = new PyClass(name == "re.error" ? "error" : name, types[parent]);
        }
    }
}
