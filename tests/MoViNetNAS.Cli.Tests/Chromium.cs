using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A page in a browser without a window, driven through the DevTools protocol. Disposing it ends the browser.</summary>
/// <remarks>Source: https://chromedevtools.github.io/devtools-protocol/ (Target, Page, Runtime, Log, Network, Emulation, Input).</remarks>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _limit = new(Patience);
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("movinet-chromium-");
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = [];
    private readonly ConcurrentQueue<(string Method, JsonElement Parameters)> _events = [];
    private readonly Process _process;
    private readonly Task _reading;
    private int _last;
    private readonly string? _session;

    private Chromium(string program)
    {
        var start = new ProcessStartInfo(program,
            ["--headless=new", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", $"--user-data-dir={_profile.FullName}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        try
        {
            _socket.ConnectAsync(new Uri(Address()), _limit.Token).GetAwaiter().GetResult();
            _process.StandardError.ReadToEndAsync(_limit.Token); // or the browser waits when a pipe is full
            _process.StandardOutput.ReadToEndAsync(_limit.Token);
            _reading = Task.Run(Read);
            string target = Call("Target.createTarget", new { url = "about:blank" }).GetProperty("targetId").GetString()!;
            _session = Call("Target.attachToTarget", new { targetId = target, flatten = true }).GetProperty("sessionId").GetString();
            foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" }) Call($"{domain}.enable");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a browser that starts (a package may be an empty shell).</summary>
    public static string? Program { get; } = Programs.FirstOrDefault(program => ProgramAnswer.Of(program).IsInstalled);

    /// <exception cref="InvalidOperationException">There is no browser.</exception>
    public static Chromium Open() => new(Program ?? throw new InvalidOperationException("there is no Chromium"));

    /// <summary>What the browser asked any server or disk for since the last page was opened.</summary>
    public IReadOnlyList<string> Requests => [.. Events("Network.requestWillBeSent").Select(e => e.GetProperty("request").GetProperty("url").GetString()!)];

    /// <summary>Errors and warnings of console, scripts and network since the last page was opened.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. Events("Log.entryAdded").Select(e => e.GetProperty("entry").GetProperty("text").GetString()!),
        .. Events("Runtime.exceptionThrown").Select(e => e.ToString()),
        .. Events("Runtime.consoleAPICalled").Select(e => e.ToString()),
    ];

    /// <summary>Opens a file and waits until it has loaded.</summary>
    public void Navigate(string path)
    {
        _events.Clear();
        Call("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        while (!Events("Page.loadEventFired").Any()) Wait();
        Evaluate("document.readyState");
    }

    public void SetScripts(bool isOn) => Call("Emulation.setScriptExecutionDisabled", new { value = !isOn });

    public void SetWidth(int pixels) => Call("Emulation.setDeviceMetricsOverride", new { width = pixels, height = 900, deviceScaleFactor = 1, mobile = false });

    public void Press(string key, int code, string text = "")
    {
        Call("Input.dispatchKeyEvent", new { type = text.Length > 0 ? "keyDown" : "rawKeyDown", key, code = key, windowsVirtualKeyCode = code, text });
        Call("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code });
    }

    /// <summary>The value of an expression of JavaScript; it can be asked for where the page's own scripts are off.</summary>
    public JsonElement Evaluate(string expression)
    {
        var answer = Call("Runtime.evaluate", new { expression, returnByValue = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out var fault), fault.ToString());
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public void Dispose()
    {
        _limit.Cancel();
        _socket.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        for (int tries = 0; _profile.Exists && tries < 20; tries++)
        {
            try
            {
                _profile.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(100); // a child of the browser is still writing its last file
            }
        }
    }

    private string Address()
    {
        const string mark = "DevTools listening on ";
        while (true)
        {
            string line = _process.StandardError.ReadLineAsync(_limit.Token).AsTask().GetAwaiter().GetResult() ?? throw new InvalidOperationException("the browser ended at once");
            if (line.StartsWith(mark, StringComparison.Ordinal)) return line[mark.Length..].Trim();
        }
    }

    private JsonElement Call(string method, object? parameters = null)
    {
        int id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters ?? new { }) };
        if (_session is not null) message["sessionId"] = _session;
        _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _limit.Token).GetAwaiter().GetResult();
        return answer.Task.WaitAsync(_limit.Token).GetAwaiter().GetResult();
    }

    private async Task Read()
    {
        byte[] buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (!_limit.IsCancellationRequested)
        {
            var part = await _socket.ReceiveAsync(buffer, _limit.Token);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var root = JsonDocument.Parse(message.ToArray()).RootElement;
            message.SetLength(0);
            if (!root.TryGetProperty("id", out var id)) _events.Enqueue((root.GetProperty("method").GetString()!, root.GetProperty("params")));
            else if (!_waiting.TryRemove(id.GetInt32(), out var waiting)) continue;
            else if (root.TryGetProperty("error", out var error)) waiting.SetException(new InvalidOperationException(error.ToString()));
            else waiting.SetResult(root.GetProperty("result"));
        }
    }

    private IEnumerable<JsonElement> Events(string method) => _events.Where(e => e.Method == method).Select(e => e.Parameters);

    private void Wait()
    {
        _limit.Token.ThrowIfCancellationRequested();
        if (_reading.IsFaulted) _reading.GetAwaiter().GetResult();
        Thread.Sleep(20);
    }
}
