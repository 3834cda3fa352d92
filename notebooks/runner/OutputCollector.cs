using System.Text;

namespace MoViNetNAS.Notebooks;

/// <summary>Gathers what a cell prints and shows, in order.</summary>
internal sealed class OutputCollector
{
    private readonly Lock _lock = new();
    private readonly List<CellOutput> _outputs = [];

    public OutputCollector() => (Out, Error) = (new Printer(this, "stdout"), new Printer(this, "stderr"));

    /// <summary>Takes the place of the console's output.</summary>
    public TextWriter Out { get; }

    /// <summary>Takes the place of the console's errors.</summary>
    public TextWriter Error { get; }

    public void Add(CellOutput output)
    {
        lock (_lock)
        {
            // What is printed in a row is one output, however many calls printed it.
            bool isMore = output.Kind == CellOutput.Stream && _outputs is [.., { Kind: CellOutput.Stream } last] && last.Format == output.Format;
            if (isMore) _outputs[^1] = output with { Text = _outputs[^1].Text + output.Text };
            else _outputs.Add(output);
        }
    }

    /// <summary>The outputs since the last call.</summary>
    public IReadOnlyList<CellOutput> Take()
    {
        lock (_lock)
        {
            CellOutput[] taken = [.. _outputs];
            _outputs.Clear();
            return taken;
        }
    }

    private sealed class Printer : TextWriter
    {
        private readonly OutputCollector _collector;
        private readonly string _name;

        public Printer(OutputCollector collector, string name)
        {
            (_collector, _name) = (collector, name);
            CoreNewLine = ['\n']; // the same file on every system
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (!string.IsNullOrEmpty(value)) _collector.Add(new CellOutput(CellOutput.Stream, _name, value));
        }
    }
}
