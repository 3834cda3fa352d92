namespace MoViNetNAS.Cli.Output;

/// <summary>One line of progress with the time left: in place on a terminal, else a new line every few seconds.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan InPlaceEvery = TimeSpan.FromMilliseconds(100), LineEvery = TimeSpan.FromSeconds(5);

    private readonly TextWriter _error;
    private readonly TimeProvider _time;
    private readonly bool _isInPlace;
    private readonly string _what;
    private readonly long _total, _start, _began;
    private long _shown;
    private bool _hasOpenLine;

    /// <summary>Starts the clock. <paramref name="start"/> steps were done before, in an earlier run, and do not count for speed.</summary>
    public Progress(TextWriter error, TimeProvider time, bool isInPlace, string what, long total, long start)
    {
        (_error, _time, _isInPlace, _what, _total, _start) = (error, time, isInPlace, what, total, start);
        _began = time.GetTimestamp();
        _shown = long.MinValue;
    }

    /// <summary>Says that <paramref name="done"/> steps are done, with <paramref name="detail"/> behind; cheap enough to call every step.</summary>
    public void Report(long done, string detail = "")
    {
        long now = _time.GetTimestamp();
        bool isDue = _shown == long.MinValue || done >= _total || _time.GetElapsedTime(_shown, now) >= (_isInPlace ? InPlaceEvery : LineEvery);
        if (!isDue) return;
        _shown = now;
        string line = $"{_what} {done}/{_total}{Left(done, _time.GetElapsedTime(_began, now))}{(detail.Length > 0 ? "  " + detail : "")}";
        if (_isInPlace) _error.Write($"\r{line}\u001b[K");
        else _error.WriteLine(line);
        _hasOpenLine = _isInPlace;
    }

    /// <summary>Writes a line of its own without breaking the progress line.</summary>
    public void Note(string text)
    {
        Dispose();
        _error.WriteLine(text);
    }

    /// <summary>Ends the line.</summary>
    public void Dispose()
    {
        if (_hasOpenLine) _error.WriteLine();
        _hasOpenLine = false;
    }

    private string Left(long done, TimeSpan elapsed)
    {
        if (done >= _total) return $", {Units.Duration(elapsed)} in all";
        return done <= _start ? "" : $", {Units.Duration(elapsed * ((double)(_total - done) / (done - _start)))} left";
    }
}
