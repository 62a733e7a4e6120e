using System.CommandLine;
using Actors.Cli.Client;
using Actors.Cli.Keys;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Transactions;

/// <summary>What every command that signs a transaction understands.</summary>
internal sealed class SigningOptions
{
    public static readonly TimeSpan ExpiresInDefault = TimeSpan.FromSeconds(60);

    public Option<string[]> Keys { get; } = new("--key") { Description = "Key file that signs; give it once for each key.", Required = true, HelpName = "FILE", Arity = ArgumentArity.OneOrMore };

    public Option<TimeSpan?> ExpiresIn { get; } = Parser.Optional<TimeSpan?>("--expires-in", "How long the transaction may still be committed, at most 5m. [default: 60s]", text => Instant.ParseSpan(text));

    public Option<Hash256?> Genesis { get; } = CommonOptions.Genesis("Refuse to sign for a chain with another genesis hash. Without it the node is believed.");

    public Option<string?> Save { get; } = new("--save") { Description = "Keep the signed bytes in this file before sending them; 'transaction send' sends them again.", HelpName = "FILE" };

    public Command AddTo(Command command)
    {
        command.Add(Keys);
        command.Add(ExpiresIn);
        command.Add(Genesis);
        command.Add(Save);
        return command;
    }

    public SigningKeys Read(Session session) => SigningKeys.Read(session, session.Get(Keys));
}

/// <summary>The private keys of one command, for as long as it runs.</summary>
internal sealed class SigningKeys(IReadOnlyList<SigningKey> keys) : IDisposable
{
    public IReadOnlyList<SigningKey> All { get; } = keys;

    public static SigningKeys Read(Session session, IEnumerable<string> files)
    {
        var keys = new List<SigningKey>();
        foreach (var file in files)
        {
            keys.Add(KeyFile.Read(file));
            if (KeyFile.IsOpenToOthers(file))
            {
                session.Notice($"actors: note: others than you may read key file {file}");
            }
        }

        return new SigningKeys(keys);
    }

    public void Dispose()
    {
        foreach (var key in All)
        {
            key.Dispose();
        }
    }
}
