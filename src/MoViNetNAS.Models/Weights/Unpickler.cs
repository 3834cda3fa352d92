namespace MoViNetNAS.Models;

/// <summary>Reads the pickle of a PyTorch state dict without ever running anything: it knows dictionaries, lists, tuples, texts,
/// numbers, None, and tensors, which stay descriptions.</summary>
/// <remarks>Opcodes of the pickle protocols 2-5 that such a file can hold; every other one is refused. Each opcode makes a bounded
/// number of objects and takes what it needs off the stack, so time and memory grow with the length of the pickle only.
/// Source: Python's pickletools documentation of the opcodes; PyTorch's notes on serialization.</remarks>
internal sealed class Unpickler
{
    private static readonly object Mark = new();
    private readonly PickleReader _reader;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    private Unpickler(byte[] pickle) => _reader = new PickleReader(pickle);

    /// <summary>The value of <paramref name="pickle"/>: null, bool, long, double, string, object?[] (a tuple), List&lt;object?&gt;,
    /// <see cref="PickleDictionary"/>, <see cref="PickleTensor"/>, <see cref="PickleStorage"/> or <see cref="PickleGlobal"/>.</summary>
    /// <exception cref="PickleException">It is damaged, or holds something else.</exception>
    public static object? Read(byte[] pickle) => new Unpickler(pickle).Run();

    private object? Run()
    {
        while (true)
        {
            byte code = _reader.Byte();
            if (code == '.') break;
            Step(code);
        }

        if (_stack.Count != 1) throw new PickleException($"ends with {_stack.Count} values; one is allowed");
        return Pop();
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case 0x80: Protocol(_reader.Byte()); break;
            case 0x95: _reader.UInt64(); break; // FRAME: a hint for readers of streams
            case (byte)'(': _stack.Add(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': Marked(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)_reader.Int32()); break;
            case (byte)'K': Push((long)_reader.Byte()); break;
            case (byte)'M': Push((long)_reader.UInt16()); break;
            case 0x8a: Push(_reader.Integer(_reader.Byte())); break;
            case (byte)'G': Push(_reader.Double()); break;
            case (byte)'X' or (byte)'T': Push(_reader.Text((ulong)_reader.UInt32())); break;
            case 0x8c or (byte)'U': Push(_reader.Text(_reader.Byte())); break;
            case 0x8d: Push(_reader.Text(_reader.UInt64())); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'l': Push(new List<object?>(Marked())); break;
            case (byte)'}': Push(new PickleDictionary()); break;
            case (byte)'d': SetItems(Marked(), new PickleDictionary()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'t': Push(Marked()); break;
            case >= 0x85 and <= 0x87: Push(Popped(code - 0x84)); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e': Append(Marked()); break;
            case (byte)'s': SetItems(Popped(2), null); break;
            case (byte)'u': SetItems(Marked(), null); break;
            case (byte)'q': _memo[_reader.Byte()] = Top(); break;
            case (byte)'r': _memo[_reader.UInt32()] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break;
            case (byte)'h': Recall(_reader.Byte()); break;
            case (byte)'j': Recall(_reader.UInt32()); break;
            case (byte)'c': Push(PickleGlobals.Find(_reader.Line(), _reader.Line())); break;
            case 0x93: FindByTexts(); break;
            case (byte)'Q': Push(PickleGlobals.Storage(Pop())); break;
            case (byte)'R': Call(); break;
            case (byte)'b': Build(); break;
            case (byte)'i': throw PickleGlobals.Refused($"{_reader.Line()}.{_reader.Line()}");
            case 0x81 or 0x92 or (byte)'o': throw new PickleException("refuses to make an object: only dictionaries, lists, numbers, texts and tensors are read");
            default: throw new PickleException($"holds the opcode 0x{code:x2} at byte {_reader.Position - 1}, which no state dict needs");
        }
    }

    private static void Protocol(byte version)
    {
        if (version is < 2 or > 5) throw new PickleException($"has the protocol {version}; 2-5 are read");
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top()
    {
        if (_stack.Count == 0 || _stack[^1] == Mark) throw new PickleException($"takes a value at byte {_reader.Position} where there is none");
        return _stack[^1];
    }

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] Popped(int count)
    {
        var values = new object?[count];
        for (int i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    // Everything above the last mark, which goes too.
    private object?[] Marked()
    {
        int mark = _stack.LastIndexOf(Mark);
        if (mark < 0) throw new PickleException($"takes values at byte {_reader.Position} that nothing begins");
        object?[] values = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private void Append(object?[] values)
    {
        if (Top() is not List<object?> list) throw new PickleException("appends to something that is no list");
        list.AddRange(values);
    }

    private void SetItems(object?[] values, PickleDictionary? fresh)
    {
        if (fresh is not null) Push(fresh);
        if (Top() is not PickleDictionary dictionary) throw new PickleException("puts items into something that is no dictionary");
        if (values.Length % 2 != 0) throw new PickleException("puts a key without a value into a dictionary");
        for (int i = 0; i < values.Length; i += 2) dictionary.Pairs.Add(new(values[i], values[i + 1]));
    }

    private void Recall(long index)
    {
        if (!_memo.TryGetValue(index, out var value)) throw new PickleException($"refers to the value {index}, which was not kept");
        Push(value);
    }

    private void FindByTexts()
    {
        if (Popped(2) is not [string module, string name]) throw new PickleException("names a function with something that is no text");
        Push(PickleGlobals.Find(module, name));
    }

    private void Call()
    {
        var arguments = Pop();
        Push(PickleGlobals.Call(Pop(), arguments));
    }

    // An OrderedDict's attributes (torch hangs _metadata on it) and a tensor's hooks: nothing of a state dict's tensors.
    private void Build()
    {
        Pop();
        if (Top() is not (PickleDictionary or PickleTensor)) throw new PickleException("gives attributes to something that is no dictionary or tensor");
    }
}
