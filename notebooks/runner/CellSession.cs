using System.Diagnostics;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace MoViNetNAS.Notebooks;

/// <summary>Runs the cells of one notebook, each with what those before it left: variables, usings, references.</summary>
internal sealed class CellSession
{
    // The same as in the .NET kernel.
    private static readonly string[] Usings =
        ["System", "System.Text", "System.Threading.Tasks", "System.Linq", "System.Collections", "System.Collections.Generic", "System.IO"];

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly HashSet<string> _registered = [];
    private readonly ScriptOptions _options = ScriptOptions.Default
        .WithReferences(AssemblyResolver.FrameworkReferences())
        .WithMetadataResolver(new AssemblyResolver())
        .WithImports(Usings)
        .WithEmitDebugInformation(true) // lines in faults
        .WithFileEncoding(Encoding.UTF8);

    private ScriptState<object>? _state;

    public CellSession()
    {
        // Types must be the ones this program has loaded, not those of a second copy.
        foreach (string name in AssemblyResolver.LibraryNames())
        {
            if (_registered.Add(name) && Loaded(name) is { } assembly) _loader.RegisterDependency(assembly);
        }
    }

    /// <summary>Runs a cell; its value, where its last line has one.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public CellFault? Run(NotebookCell cell, out object? value)
    {
        value = null;
        string file = $"cell {cell.Number}";
        try
        {
            var options = _options.WithFilePath(file);
            var script = _state is null ? CSharpScript.Create<object>(cell.Code, options, assemblyLoader: _loader) : _state.Script.ContinueWith<object>(cell.Code, options);
            var run = _state is null ? script.RunAsync(catchException: _ => true) : script.RunFromAsync(_state, catchException: _ => true);
            var state = run.GetAwaiter().GetResult();
            if (state.Exception is { } exception) return new CellFault(cell, LineOf(exception, file), Sentence(exception));
            _state = state;
            value = state.ReturnValue;
            return null;
        }
        catch (CompilationErrorException e)
        {
            var first = e.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            return new CellFault(cell, first.Location.GetLineSpan().StartLinePosition.Line + 1, $"{first.Id}: {first.GetMessage()}");
        }
    }

    private static Assembly? Loaded(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (IOException)
        {
            return null; // trusted but not for this system; whoever needs it gets the loader's own message
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static int? LineOf(Exception exception, string file)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames().Where(frame => frame.GetFileName() == file);
        return frames.Select(frame => (int?)frame.GetFileLineNumber()).FirstOrDefault();
    }

    private static string Sentence(Exception exception)
    {
        while (exception is AggregateException or TargetInvocationException && exception.InnerException is { } inner) exception = inner;
        return $"{exception.GetType().Name}: {exception.Message.TrimEnd()}";
    }
}
