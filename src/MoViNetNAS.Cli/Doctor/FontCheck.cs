namespace MoViNetNAS.Cli.Doctor;

/// <summary>A font for plots: with none at all they are drawn without any text, and nothing fails.</summary>
internal static class FontCheck
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public static Finding Run()
    {
        string? font = Shipped() ?? Installed();
        return Finding.Optional("fonts", font is not null, font ?? "none found", "plots would have no text: sudo apt-get install fonts-dejavu-core");
    }

    private static string? Shipped()
    {
        var reporting = System.Reflection.Assembly.Load("MoViNetNAS.Reporting");
        string? resource = reporting.GetManifestResourceNames().FirstOrDefault(name => name.EndsWith(".ttf", StringComparison.OrdinalIgnoreCase));
        return resource ?? FirstIn(AppContext.BaseDirectory);
    }

    private static string? Installed()
    {
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts)];
        return folders.Where(Directory.Exists).Select(FirstIn).FirstOrDefault(font => font is not null);
    }

    private static string? FirstIn(string folder) => Directory.EnumerateFiles(folder, "*.ttf", Everywhere).Select(Path.GetFileName).FirstOrDefault();
}
