//! `onrecord model`: the papers of the model in this program.

use clap::ValueEnum;
use onrecord::Error;

use crate::exit::Exit;
use crate::papers;

/// Show the papers of the model in this program: data, scores, hashes, licences.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord model\n  onrecord model --format toml > MODEL.toml")]
pub(crate) struct Args {
    /// How to write them.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A page for people.
    Text,
    /// The file itself.
    Toml,
    /// One JSON object.
    Json,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let out = match args.format {
        Format::Toml => onrecord::papers().to_owned(),
        Format::Json => serde_json::to_string(&papers::table()).unwrap_or_default() + "\n",
        Format::Text => {
            let size = onrecord::weights_len();
            format!(
                "{}weights: {:.1} MB inside this program\n",
                papers::page(&papers::table()),
                size as f64 / 1e6
            )
        }
    };
    super::to_stdout(out.as_bytes())?;
    Ok(Exit::Found)
}
