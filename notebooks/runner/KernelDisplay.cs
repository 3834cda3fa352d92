using System.Reflection;

namespace MoViNetNAS.Notebooks;

/// <summary>Shows something in the .NET kernel of a notebook program, found at run time so that nothing here depends on it.</summary>
internal static class KernelDisplay
{
    /// <summary>Shows <paramref name="content"/>.</summary>
    /// <param name="content">A text of the media type <paramref name="format"/>.</param>
    /// <param name="format">"text/html", "text/markdown", "image/svg+xml" ...</param>
    /// <returns>Whether there is such a kernel here.</returns>
    public static bool TryShow(string content, string format)
    {
        const string Library = "Microsoft.DotNet.Interactive";
        var contextType = Type.GetType($"{Library}.KernelInvocationContext, {Library}");
        object? context = contextType?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        var method = Type.GetType($"{Library}.KernelInvocationContextExtensions, {Library}")?.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(candidate => candidate.Name == "DisplayAs" && candidate.GetParameters() is [_, { ParameterType: var text }, { ParameterType: var mime }, ..] && text == typeof(string) && mime == typeof(string));
        if (context is null || method is null) return false;
        object?[] arguments = [context, content, format, .. method.GetParameters().Skip(3).Select(parameter => parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0) : null)];
        method.Invoke(null, arguments);
        return true;
    }
}
