using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Terminals;

namespace Actors.Cli.Keys;

/// <summary><c>actors keys new|show</c>: key files, with no node involved.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandRunner runner) => new("keys", "Make and look at key files.")
    {
        New(runner),
        Show(runner),
    };

    private static Command New(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write the private key; must not exist." };
        return runner.Run(new Command("new", "Make a P-256 key: a PKCS#8 PEM file that only you can read.") { file }, session =>
        {
            using var key = SigningKey.Create();
            KeyFile.Write(session.Get(file), key);
            Answer(session, session.Get(file), key.Public.ToString());
        });
    }

    private static Command Show(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "A PEM file with a private or a public key." };
        return runner.Run(new Command("show", "Print the public key of a key file.") { file }, session =>
            Answer(session, session.Get(file), KeyFile.ReadPublic(session.Get(file)).ToString()));
    }

    private static void Answer(Session session, string file, string publicKey) =>
        session.Answer(new JsonObject { ["publicKey"] = publicKey, ["file"] = file }, publicKey);
}
