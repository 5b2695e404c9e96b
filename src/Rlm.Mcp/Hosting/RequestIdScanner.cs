using System.Buffers.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// Finds the id of a JSON-RPC request in a message that cannot be parsed as a whole (too long, too deep, broken further on), fed piece by piece.
/// Knows only braces, strings and the two top-level names it looks for, so it costs a few hundred bytes however long the message is;
/// some clients write the id last, behind everything else.
/// </summary>
internal sealed class RequestIdScanner
{
    private const int MaxToken = 256;

    private readonly byte[] _token = new byte[MaxToken];
    private int _length, _depth;
    private bool _inString, _escaped, _collecting, _tooLong, _nextIsId, _afterColon, _hasMethod, _broken;
    private RequestId? _id;

    /// <summary>The request's id; null when there is none, it is no id, or the message is no request.</summary>
    public RequestId? Id => _hasMethod ? _id : null;

    /// <summary>Reads the next bytes of the message.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (_broken) return;
            if (_inString) InString(b);
            else Outside(b);
        }
    }

    /// <summary>The id in a message at hand.</summary>
    public static RequestId? Find(ReadOnlySpan<byte> message)
    {
        var scanner = new RequestIdScanner();
        scanner.Feed(message);
        return scanner.Id;
    }

    private void InString(byte b)
    {
        if (_collecting) Collect(b);
        if (_escaped) _escaped = false;
        else if (b == '\\') _escaped = true;
        else if (b == '"')
        {
            _inString = false;
            if (_depth == 1 && !_afterColon) EndName();
        }
    }

    private void Outside(byte b)
    {
        switch (b)
        {
            case (byte)'"':
                _inString = true;
                if (_depth == 1 && !_afterColon) StartToken();
                if (_collecting) Collect(b);
                break;
            case (byte)'{' or (byte)'[':
                if (_depth == 0 && b == '[') _broken = true; // a batch: no single id
                if (_collecting) Collect(b);
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                if (_depth == 1) EndValue();
                else if (_collecting) Collect(b);
                if (--_depth <= 0) _broken = true; // the message is over
                break;
            case (byte)':' when _depth == 1:
                _afterColon = true;
                if (_nextIsId) StartToken();
                break;
            case (byte)',' when _depth == 1:
                EndValue();
                break;
            default:
                if (_collecting) Collect(b);
                break;
        }
    }

    private void EndName()
    {
        _collecting = false;
        var name = Token();
        _nextIsId = name.SequenceEqual("\"id\""u8);
        _hasMethod |= name.SequenceEqual("\"method\""u8);
    }

    private void EndValue()
    {
        if (_nextIsId && _collecting && !_tooLong) _id = Parse(Token());
        _collecting = _nextIsId = _afterColon = false;
    }

    private static RequestId? Parse(ReadOnlySpan<byte> value)
    {
        if (Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length) return new RequestId(number);
        if (value.Length < 2 || value[0] != '"') return null;
        try
        {
            var reader = new Utf8JsonReader(value);
            return reader.Read() && reader.TokenType == JsonTokenType.String ? new RequestId(reader.GetString()!) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // a lone surrogate or bytes that are no UTF-8
        }
    }

    private void StartToken()
    {
        _collecting = true;
        _tooLong = false;
        _length = 0;
    }

    private void Collect(byte b)
    {
        if (_length < MaxToken) _token[_length++] = b;
        else _tooLong = true;
    }

    private ReadOnlySpan<byte> Token() => _token.AsSpan(0, _length).Trim(" \t\r\n"u8);
}
