using System.Globalization;

namespace MoViNetNAS.Data;

/// <summary>The header of a NumPy file: a Python dictionary with the keys descr, fortran_order and shape.</summary>
/// <remarks>Reads what NumPy writes and no other Python: texts without escapes, True and False, a tuple of whole numbers.</remarks>
internal sealed record NpyHeader(string Type, bool IsFortranOrder, IReadOnlyList<long> Shape)
{
    private const int MostAxes = 32;
    private const int LongestText = 64;

    /// <exception cref="FormatException">It is none; says where.</exception>
    public static NpyHeader Parse(string text) => new Cursor(text).Header();

    /// <summary>As NumPy writes it.</summary>
    public override string ToString() =>
        $"{{'descr': '{Type}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': ({string.Concat(Shape.Select(size => $"{size}, ")).TrimEnd()}), }}";

    private sealed class Cursor(string text)
    {
        private int _position;

        public NpyHeader Header()
        {
            string? type = null;
            bool? isFortranOrder = null;
            List<long>? shape = null;
            Expect('{');
            while (!Take('}'))
            {
                string key = Text();
                Expect(':');
                bool isDoubled = false;
                switch (key)
                {
                    case "descr":
                        isDoubled = type is not null;
                        if (Peek() == '[') throw new FormatException("descr is a list: records are not pixels");
                        type = Text();
                        break;
                    case "fortran_order":
                        isDoubled = isFortranOrder is not null;
                        isFortranOrder = TruthValue();
                        break;
                    case "shape":
                        isDoubled = shape is not null;
                        shape = Tuple();
                        break;
                    default: throw new FormatException($"the key '{key}' is none of descr, fortran_order, shape");
                }

                if (isDoubled) throw new FormatException($"the key '{key}' is there twice");
                if (Take(',')) continue;
                Expect('}');
                break;
            }

            if (Peek() != '\0' || _position < text.Length) throw Expected("the end");
            if (type is null || isFortranOrder is null || shape is null)
                throw new FormatException($"the key '{(type is null ? "descr" : shape is null ? "shape" : "fortran_order")}' is missing");
            return new NpyHeader(type, isFortranOrder.Value, shape);
        }

        private string Text()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"')) throw Expected("a text in quotes");
            int end = text.IndexOf(quote, _position + 1, Math.Min(LongestText, text.Length - _position - 1));
            if (end < 0) throw new FormatException($"the text at character {_position} has no end within {LongestText}");
            string value = text[(_position + 1)..end];
            if (value.Any(c => c is '\\' or '\'' or '"' || char.IsControl(c))) throw new FormatException($"the text at character {_position} has escapes or quotes in it");
            _position = end + 1;
            return value;
        }

        private bool TruthValue()
        {
            Peek();
            foreach (bool value in (ReadOnlySpan<bool>)[true, false])
            {
                string word = value ? "True" : "False";
                if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0) continue;
                _position += word.Length;
                return value;
            }

            throw Expected("True or False");
        }

        private List<long> Tuple()
        {
            var numbers = new List<long>();
            Expect('(');
            while (!Take(')'))
            {
                if (numbers.Count == MostAxes) throw new FormatException($"shape has more than {MostAxes} axes");
                numbers.Add(Number());
                if (Take(',')) continue;
                // In Python "(4)" is a number, no tuple.
                if (numbers.Count == 1) throw Expected("','");
                Expect(')');
                break;
            }

            return numbers;
        }

        private long Number()
        {
            Peek();
            int end = _position;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == _position) throw Expected("a whole number, 0 or more");
            if (!long.TryParse(text.AsSpan(_position, end - _position), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                throw new FormatException($"the number at character {_position} is 2^63 or more");
            _position = end;
            return number;
        }

        // Skips blanks; the end is '\0'.
        private char Peek()
        {
            while (_position < text.Length && text[_position] is (' ' or '\t' or '\n')) _position++;
            return _position < text.Length ? text[_position] : '\0';
        }

        private bool Take(char c)
        {
            if (Peek() != c || _position == text.Length) return false;
            _position++;
            return true;
        }

        private void Expect(char c)
        {
            if (!Take(c)) throw Expected($"'{c}'");
        }

        private FormatException Expected(string what) => new($"{what} is expected at character {_position}");
    }
}
