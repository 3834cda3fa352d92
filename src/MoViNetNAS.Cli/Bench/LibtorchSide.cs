using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Runs a call with every kernel on libtorch's side.</summary>
internal static class LibtorchSide
{
    /// <summary>Calls <paramref name="work"/> with <see cref="LibtorchPath.IsOn"/> set, and puts it back as it was.</summary>
    public static T Run<T>(Func<T> work)
    {
        bool before = LibtorchPath.IsOn;
        LibtorchPath.IsOn = true;
        try
        {
            return work();
        }
        finally
        {
            LibtorchPath.IsOn = before;
        }
    }

    /// <summary>As the other.</summary>
    public static void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });
}
