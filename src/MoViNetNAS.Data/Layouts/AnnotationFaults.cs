using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>What is wrong in annotation files, so that it is told at once.</summary>
internal sealed class AnnotationFaults
{
    private const int Shown = 10;
    private readonly List<string> _shown = [];
    private int _count;

    /// <summary>Whether further faults are counted only: a hint for them would be work for nobody, and a wrong list has many.</summary>
    public bool IsFull => _count >= Shown;

    /// <summary>Notes a fault; <paramref name="sentence"/> goes without its full stop unless it ends in a question.</summary>
    public void Add(string file, int line, string sentence)
    {
        if (_count++ < Shown) _shown.Add($"{file}({line}): {sentence}{(sentence.EndsWith('?') ? "" : ".")}");
    }

    /// <summary>The first ten, and how many more there are.</summary>
    public IEnumerable<string> Sentences => _count > Shown ? [.. _shown, $"and {_count - Shown} more."] : _shown;

    /// <exception cref="InputException">There are faults.</exception>
    public void ThrowIfAny()
    {
        if (_count > 0) throw new InputException(string.Join('\n', Sentences));
    }
}
